package io.linkwright.systemtests;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser without a window. The system property {@code linkwright.browser} or the
 * environment variable {@code LINKWRIGHT_BROWSER} says where a Chromium is; without either the
 * usual places are looked at. Where there is none, tests are skipped, unless {@code
 * LINKWRIGHT_BROWSER_REQUIRED} is set.
 */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** An edge says again every 30 s what was not heard of it. */
  private static final double WAIT_LIMIT_MS = 45_000;

  private static final int HEIGHT = 900;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  /** How a page is looked at. */
  enum Look {
    LIGHT(1280, ColorScheme.LIGHT),
    DARK(1280, ColorScheme.DARK),
    PHONE(360, ColorScheme.LIGHT);

    private final int width;
    private final ColorScheme scheme;

    Look(int width, ColorScheme scheme) {
      this.width = width;
      this.scheme = scheme;
    }
  }

  static Browser start() {
    Optional<Path> executable = executable();
    if (executable.isEmpty() && System.getenv("LINKWRIGHT_BROWSER_REQUIRED") != null) {
      throw new AssertionError(
          "a browser is required and none was found: install chromium, or set LINKWRIGHT_BROWSER");
    }
    Assumptions.assumeTrue(
        executable.isPresent(),
        "no browser, so the console is not tested in one: install chromium, or set"
            + " LINKWRIGHT_BROWSER");
    PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_LIMIT_MS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable.get())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"))));
  }

  /** A page in a session of its own. What the browser complains of is collected. */
  Page page(Look look) {
    BrowserContext session =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(look.width, HEIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(look.scheme));
    Page page = session.newPage();
    page.setDefaultTimeout(WAIT_LIMIT_MS);
    page.onConsoleMessage(message -> complain(message));
    page.onPageError(complaints::add);
    page.onDialog(
        dialog -> {
          complaints.add("a script opened a dialog: " + dialog.message());
          dialog.dismiss();
        });
    return page;
  }

  /** Ends all sessions, and with them the streams that their pages hold. */
  void closePages() {
    List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
  }

  /** Errors of scripts and violations of the content security policy, so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void forgetComplaints() {
    complaints.clear();
  }

  /** Kept in {@code target/screenshots} for people to look at. */
  static void screenshot(Page page, Look look, String name) {
    String file = "%s-%s.png".formatted(look.name().toLowerCase(Locale.ROOT), name);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)));
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }

  private void complain(ConsoleMessage message) {
    if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
      complaints.add(message.text() + " at " + message.location());
    }
  }

  private static Optional<Path> executable() {
    return Stream.of(
            System.getProperty("linkwright.browser"),
            System.getenv("LINKWRIGHT_BROWSER"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
        .filter(path -> path != null && !path.isBlank())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
