package io.linkwright.domain.link;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.text.PlainText;

/**
 * What keeps a link from working at an edge that has accepted it.
 *
 * @param text in words for an operator, what to do among them; cut off at {@link #MAX_TEXT_LENGTH}
 */
public record LinkProblem(LinkId link, String text) {
  /** Characters of the text. */
  public static final int MAX_TEXT_LENGTH = 500;

  /** Makes the text plain and cuts it. */
  public LinkProblem {
    text = PlainText.of(text, MAX_TEXT_LENGTH);
  }

  @Override
  public String toString() {
    return "link %s: %s".formatted(link, text);
  }
}
