package io.linkwright.standalone.run;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.linkwright.http.HttpModule;
import io.linkwright.http.RequestBody;
import io.linkwright.schemas.BundledSchemaRegistry;
import io.linkwright.schemas.RegistryEndpoint;
import java.nio.charset.StandardCharsets;

/** Serves the bundled schemas the way a Confluent registry would. */
final class RegistryModule implements HttpModule {
  /** Where the registry is mounted. */
  static final String PATH = "/registry";

  private final RegistryEndpoint registry = new RegistryEndpoint(BundledSchemaRegistry.instance());

  @Override
  public String name() {
    return "registry";
  }

  @Override
  public void routes(JavalinConfig config) {
    for (String path : new String[] {PATH, PATH + "/<path>"}) {
      config.routes.get(path, this::answer);
      config.routes.post(path, this::answer);
      config.routes.put(path, this::answer);
      config.routes.delete(path, this::answer);
    }
  }

  private void answer(Context context) {
    String path = context.path().substring(PATH.length());
    String body = new String(RequestBody.read(context), StandardCharsets.UTF_8);
    RegistryEndpoint.Answer answer =
        registry.answer(context.method().name(), path.isEmpty() ? "/" : path, body);
    context.status(answer.status()).contentType(RegistryEndpoint.MEDIA_TYPE).result(answer.json());
  }
}
