package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.id.EdgeId;
import java.util.Optional;

/**
 * A member as a file has it.
 *
 * @param keys public keys for a device that has none yet; one that has keys is not given others
 * @param place where it stands
 */
record WantedMember(
    EdgeId edge, Properties<MemberField> properties, Optional<ObjectNode> keys, Place place) {}
