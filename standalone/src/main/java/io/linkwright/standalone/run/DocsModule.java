package io.linkwright.standalone.run;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.linkwright.http.Answers;
import io.linkwright.http.HttpModule;
import io.linkwright.http.Problem;
import io.linkwright.http.access.Access;
import io.linkwright.httpapi.ProblemCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * {@code /openapi.json}, and {@code /docs} to browse it. Everything comes from the class path: a
 * browser asks no other host, and the content security policy would not let it.
 */
final class DocsModule implements HttpModule {
  /** Swagger UI sets styles from its scripts and draws its icons from {@code data:} addresses. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
          + " 'none'";

  private static final String OURS = "/io/linkwright/standalone/docs/";
  private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/";
  private static final String SWAGGER_UI_ABOUT = "/META-INF/maven/org.webjars/swagger-ui/";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

  private record Page(String resource, String mediaType) {}

  private final Map<String, Page> files;

  DocsModule() {
    String swaggerUi = SWAGGER_UI + swaggerUiVersion() + "/";
    files =
        Map.of(
            "start.js",
            new Page(OURS + "start.js", JAVASCRIPT),
            "swagger-ui-bundle.js",
            new Page(swaggerUi + "swagger-ui-bundle.js", JAVASCRIPT),
            "swagger-ui.css",
            new Page(swaggerUi + "swagger-ui.css", "text/css; charset=utf-8"));
  }

  @Override
  public String name() {
    return "docs";
  }

  @Override
  public void routes(JavalinConfig config) {
    Page index = new Page(OURS + "index.html", "text/html; charset=utf-8");
    Page document = new Page(OURS + "openapi.json", "application/json");
    config.routes.get("/openapi.json", context -> answer(context, document), Access.ANYONE);
    config.routes.get("/docs", context -> answer(context, index), Access.ANYONE);
    config.routes.get("/docs/{file}", this::file, Access.ANYONE);
  }

  private void file(Context context) {
    Page page = files.get(context.pathParam("file"));
    if (page == null) {
      Answers.problem(
          context, Problem.of(404, ProblemCodes.NOT_FOUND, "there is nothing at this path"));
      return;
    }
    answer(context, page);
  }

  private static void answer(Context context, Page page) {
    context
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .contentType(page.mediaType())
        .result(resource(page.resource()));
  }

  private static String swaggerUiVersion() {
    try {
      Properties about = new Properties();
      about.load(resource(SWAGGER_UI_ABOUT + "pom.properties"));
      return about.getProperty("version");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static InputStream resource(String path) {
    InputStream resource = DocsModule.class.getResourceAsStream(path);
    if (resource == null) {
      throw new IllegalStateException("%s is not on the class path".formatted(path));
    }
    return resource;
  }
}
