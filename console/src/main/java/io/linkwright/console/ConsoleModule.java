package io.linkwright.console;

import io.javalin.config.JavalinConfig;
import io.linkwright.console.api.ApiClient;
import io.linkwright.console.api.Commands;
import io.linkwright.console.api.Queries;
import io.linkwright.console.api.Services;
import io.linkwright.console.form.FormScope;
import io.linkwright.console.live.LiveStreams;
import io.linkwright.console.live.RecentSnapshots;
import io.linkwright.console.page.PageScope;
import io.linkwright.console.page.Place;
import io.linkwright.console.page.SharedGroups;
import io.linkwright.console.template.StaticTemplates;
import io.linkwright.console.template.Templates;
import io.linkwright.console.web.ApiDocs;
import io.linkwright.console.web.Assets;
import io.linkwright.console.web.ConsoleRoutes;
import io.linkwright.console.web.ConsoleRoutes.Visitors;
import io.linkwright.console.web.Frame;
import io.linkwright.http.HttpModule;
import java.util.Optional;

/**
 * The console as a part of an HTTP server, at {@code /console}. Always ready: without its services
 * it still has something to say.
 */
public final class ConsoleModule implements HttpModule, AutoCloseable {
  private final ApiClient client;
  private final LiveStreams streams;
  private final ConsoleRoutes routes;

  /**
   * A console of these services; asks nothing before a browser does.
   *
   * @param docs linked from every page; empty if nobody serves them
   */
  public ConsoleModule(Services services, Optional<ApiDocs> docs, ConsoleAccess access) {
    this.client = new ApiClient(services, access.ownToken());
    RecentSnapshots recent = new RecentSnapshots();
    this.streams = new LiveStreams(recent);
    Queries queries = new Queries(client);
    SharedGroups groups = new SharedGroups(after -> queries.groups(after, Place.PAGE_SIZE));
    Templates templates = new StaticTemplates();
    this.routes =
        new ConsoleRoutes(
            new PageScope(client, queries, groups, templates),
            new FormScope(queries, new Commands(client, Optional.empty()), templates),
            new ConsoleRoutes.Live(recent, streams),
            new Frame(new Assets(), docs),
            switch (access) {
              case ConsoleAccess.AsItself _ -> Visitors.ARE_NOT_ASKED;
              case ConsoleAccess.OfVisitors _ -> Visitors.SIGN_IN;
            });
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public void routes(JavalinConfig config) {
    routes.addTo(config.routes);
  }

  @Override
  public void serverStopping() {
    streams.close();
  }

  @Override
  public void close() {
    streams.close();
    client.close();
  }
}
