package io.linkwright.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps the server without HTTP sessions. Javalin asks for the session's attributes at each
 * WebSocket handshake, which would make a session that never ends, and a cookie: it is shown one
 * that has none, and that nobody keeps.
 */
final class NoSessions implements Filter {
  private static final HttpSession EMPTY =
      (HttpSession)
          Proxy.newProxyInstance(
              NoSessions.class.getClassLoader(),
              new Class<?>[] {HttpSession.class},
              (_, method, _) -> {
                if (method.getName().equals("getAttributeNames")) {
                  return Collections.emptyEnumeration();
                }
                throw new UnsupportedOperationException("there are no sessions");
              });

  static void addTo(ServletContextHandler context) {
    context.setSessionHandler(new PassedThrough());
    FilterHolder filter = new FilterHolder(new NoSessions());
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean handshake =
        request instanceof HttpServletRequest http
            && http.getHeader("Sec-WebSocket-Version") != null;
    chain.doFilter(handshake ? new Handshake((HttpServletRequest) request) : request, response);
  }

  /** Javalin's context cannot be without one: this looks at no cookie and keeps nothing. */
  private static final class PassedThrough extends SessionHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      return getHandler().handle(request, response, callback);
    }
  }

  private static final class Handshake extends HttpServletRequestWrapper {
    Handshake(HttpServletRequest request) {
      super(request);
    }

    @Override
    public HttpSession getSession() {
      return EMPTY;
    }

    @Override
    public HttpSession getSession(boolean create) {
      return create ? EMPTY : null;
    }
  }
}
