package io.linkwright.pusher.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.pusher.connection.UnfinishedMessage.Added;
import io.linkwright.pusher.connection.UnfinishedMessage.Last;
import org.junit.jupiter.api.Test;

class StrangersTest {
  private static final String PART = "x".repeat(Strangers.FREE_CHARS);

  private final Strangers strangers = new Strangers();

  @Test
  void oneAddressDoesNotTakeAllTheRoom() {
    for (int i = 0; i < Strangers.MAX_STRANGERS_PER_ADDRESS; i++) {
      assertThat(strangers.enter("192.0.2.1")).isTrue();
    }

    assertThat(strangers.enter("192.0.2.1")).isFalse();
    assertThat(strangers.enter("192.0.2.2")).isTrue();
    strangers.left("192.0.2.1");
    assertThat(strangers.enter("192.0.2.1")).isTrue();
  }

  @Test
  void whatAllHoldOfUnfinishedMessagesIsBounded() {
    int refused = 0;
    for (int i = 0; i < 50; i++) {
      UnfinishedMessage message = new UnfinishedMessage(strangers);
      Added added = new Added.Unfinished();
      for (int part = 0; part < 30 && added instanceof Added.Unfinished; part++) {
        added = message.add(PART, Last.NO);
      }
      refused += added instanceof Added.NoRoom ? 1 : 0;
      assertThat(strangers.chars()).isLessThanOrEqualTo(Strangers.MAX_CHARS);
    }

    assertThat(refused).isPositive();
  }

  @Test
  void aFinishedMessageGivesItsRoomBack() {
    UnfinishedMessage message = new UnfinishedMessage(strangers);

    message.add(PART, Last.NO);
    message.add(PART, Last.NO);
    Added added = message.add("y", Last.YES);

    assertThat(added).isEqualTo(new Added.Finished(PART + PART + "y"));
    assertThat(strangers.chars()).isZero();
  }

  @Test
  void anEdgeThatHasProvedItselfTakesNoRoomOfStrangers() {
    UnfinishedMessage message = new UnfinishedMessage(strangers);
    message.trust();

    message.add(PART, Last.NO);
    message.add(PART, Last.NO);

    assertThat(strangers.chars()).isZero();
  }

  @Test
  void aMessageThatIsTooLongIsRefusedAndForgotten() {
    UnfinishedMessage message = new UnfinishedMessage(strangers);
    Added added = new Added.Unfinished();
    while (added instanceof Added.Unfinished) {
      added = message.add(PART, Last.NO);
    }

    assertThat(added).isInstanceOf(Added.TooLong.class);
    assertThat(strangers.chars()).isZero();
  }
}
