/** The demo: the main job on a real network, checked as it is told. */
package io.linkwright.standalone.demo;
