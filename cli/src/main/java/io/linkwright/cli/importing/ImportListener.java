package io.linkwright.cli.importing;

/** Hears how far an import is. Called from several threads. */
public interface ImportListener {

  /** So many members and links are missing and will be sent now. */
  void planned(int members, int links);

  /** One more member is there. */
  void memberAdded();

  /** So many more links are there. */
  void linksAdded(int links);
}
