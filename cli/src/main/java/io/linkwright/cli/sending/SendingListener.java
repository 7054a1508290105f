package io.linkwright.cli.sending;

/** Hears how far a plan is. Called from several threads. */
public interface SendingListener {

  /** Says nothing. */
  SendingListener SILENT =
      new SendingListener() {
        @Override
        public void planned(int members, int links) {}

        @Override
        public void inParts(String why) {}

        @Override
        public void memberDone() {}

        @Override
        public void linksDone(int links) {}
      };

  /** So many members and links are to change and will be sent now. */
  void planned(int members, int links);

  /**
   * It goes in several requests, so that an end in the middle leaves a part of it.
   *
   * @param why not in one
   */
  void inParts(String why);

  /** One more member is as planned. */
  void memberDone();

  /** So many more links are as planned. */
  void linksDone(int links);
}
