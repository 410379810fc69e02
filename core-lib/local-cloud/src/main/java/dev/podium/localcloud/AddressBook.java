package dev.podium.localcloud;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/// `GET /local/addresses`: where the parts of this cloud are, as `podium local-cloud --json-ready`
/// prints it, so that a program which knows one address finds the others.
final class AddressBook implements HttpService {
  static final String PATH = "/local/addresses";

  private final String project;
  private final int pubsubPort;

  AddressBook(String project, int pubsubPort) {
    this.project = project;
    this.pubsubPort = pubsubPort;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    int port = context.localAddress().getPort();
    // Numbers and a project's id need no escapes.
    return HttpResponse.of(
        HttpStatus.OK,
        MediaType.JSON_UTF_8,
        """
        {"compute":"http://127.0.0.1:%d/compute/v1/","pubsub":"127.0.0.1:%d","identity":"http://127.0.0.1:%d/","storage":"http://127.0.0.1:%d","project":"%s"}
        """,
        port,
        pubsubPort,
        port,
        port,
        project);
  }
}
