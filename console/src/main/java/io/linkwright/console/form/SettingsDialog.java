package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.console.api.Commands.GroupChange;
import io.linkwright.console.api.GroupSettings;
import io.linkwright.console.api.GroupSettings.TunnelCount;
import io.linkwright.console.api.Slug;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.answer.GroupAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Changes the settings of a group: name, topology, dual tunnel, age of keys. Says what becomes of
 * the links while the form is filled in.
 *
 * <p>The form knows the revision and the settings that it was made of. If somebody else has changed
 * the settings meanwhile, the command is sent for the form's revision, and the service refuses it.
 * A revision that is newer only for members, links or keys is no reason to.
 */
public final class SettingsDialog implements Dialog {
  private static final String REVISION = "revision";
  private static final String MARK = "mark";
  private static final String DUAL_TUNNEL = "dualTunnel";
  private static final String TOPOLOGY = "topology";
  private static final String HUB = "hub";

  /** In place of an absent check box, which a browser leaves out of a form. */
  private static final String ON = "on";

  private final FormScope scope;
  private final String group;

  /** About {@code group}. */
  public SettingsDialog(FormScope scope, String group) {
    this.scope = scope;
    this.group = group;
  }

  /** Values in the request, such as a suggested topology, take the place of the group's own. */
  @Override
  public Content show(FormState form) {
    GroupAnswer now = scope.queries().group(group);
    boolean sent = form.typed(MARK).isPresent();
    Map<String, String> values = new HashMap<>(sent ? Map.of() : valuesOf(now));
    values.putAll(form.values());
    values.put(REVISION, String.valueOf(now.revision()));
    values.put(MARK, GroupSettings.of(now.settings()).mark());
    FormState filled = form.withValues(values);
    return scope.templates().settings(now, filled, consequences(now, filled));
  }

  /** The words on the links alone, while the form is being filled in. */
  public Content consequences(FormState form) {
    return scope.templates().settingsLinks(consequences(scope.queries().group(group), form));
  }

  @Override
  public Set<String> fields() {
    return Set.of("name", TOPOLOGY, DUAL_TUNNEL, HUB, "rekeyEvery");
  }

  @Override
  public CommandAnswer send(FormState form) {
    GroupAnswer now = scope.queries().group(group);
    boolean asShown = GroupSettings.of(now.settings()).mark().equals(form.value(MARK));
    long revision = asShown ? now.revision() : form.number(REVISION).orElse(0);
    return scope
        .commands()
        .changeGroup(new GroupChange(group, settings(form), revision), form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    return new Outcome.Close("The settings of %s are changed.".formatted(group));
  }

  private SettingsConsequences consequences(GroupAnswer now, FormState form) {
    GroupSettings wanted = settings(form);
    OptionalLong hubLinks =
        wanted.hub().flatMap(Slug::of).stream()
            .filter(
                hub ->
                    now.settings().topology() != Topology.HUB_SPOKE
                        || !now.settings().hub().map(EdgeId::value).equals(wanted.hub()))
            .flatMapToLong(hub -> scope.queries().linkCount(group, hub).stream())
            .findFirst();
    return SettingsConsequences.of(now, wanted, hubLinks);
  }

  /** A hub that is left over in the form from another topology says nothing. */
  private static GroupSettings settings(FormState form) {
    boolean hubSpoke = form.value(TOPOLOGY).equals(Topology.HUB_SPOKE.label());
    return new GroupSettings(
        form.value("name"),
        form.value(TOPOLOGY),
        form.typed(DUAL_TUNNEL).isPresent() ? TunnelCount.TWO : TunnelCount.ONE,
        hubSpoke ? form.typed(HUB) : Optional.empty(),
        form.typed("rekeyEvery"));
  }

  private static Map<String, String> valuesOf(GroupAnswer group) {
    Map<String, String> values = new HashMap<>();
    GroupSettings settings = GroupSettings.of(group.settings());
    values.put("name", settings.name());
    values.put(TOPOLOGY, settings.topology());
    values.put(HUB, settings.hub().orElse(""));
    values.put("rekeyEvery", settings.rekeyEvery().orElse(""));
    if (settings.tunnels() == TunnelCount.TWO) {
      values.put(DUAL_TUNNEL, ON);
    }
    return values;
  }
}
