package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;

/** A link that an event is about: all that is public about it, or, once it is gone, its name. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = EventLink.Name.class)
@JsonSubTypes({
  @JsonSubTypes.Type(EventLink.Name.class),
  @JsonSubTypes.Type(LinkConfigurationAnswer.class)
})
public sealed interface EventLink permits EventLink.Name, LinkConfigurationAnswer {
  /** Its id. */
  LinkId id();

  /** The end whose id comes first. */
  EdgeId edgeA();

  /** The other end. */
  EdgeId edgeB();

  /** One that is gone. */
  record Name(LinkId id, EdgeId edgeA, EdgeId edgeB) implements EventLink {
    static Name of(LinkId id) {
      return new Name(id, id.edgeA(), id.edgeB());
    }
  }
}
