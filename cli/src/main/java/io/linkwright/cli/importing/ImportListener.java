package io.linkwright.cli.importing;

/** Hears how far an import is. Called from several threads. */
public interface ImportListener {

  /** Says nothing. */
  ImportListener SILENT =
      new ImportListener() {
        @Override
        public void planned(int members, int links) {}

        @Override
        public void memberAdded() {}

        @Override
        public void linksAdded(int links) {}
      };

  /** So many members and links are missing and will be sent now. */
  void planned(int members, int links);

  /** One more member is there. */
  void memberAdded();

  /** So many more links are there. */
  void linksAdded(int links);
}
