package dev.podium.localcloud.storage;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.state.storage.StoredObject;
import dev.podium.localcloud.state.storage.Uploads;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.storage.form.JsonAnswers;
import dev.podium.localcloud.storage.form.StorageCall;
import dev.podium.localcloud.storage.form.StorageErrors;
import dev.podium.localcloud.storage.form.StorageJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;

/// Serves Cloud Storage. Each request is answered on a virtual thread, because bodies are read as
/// they come.
public final class StorageService implements HttpService {
  private static final System.Logger LOG = System.getLogger(StorageService.class.getName());
  private static final String API = "/storage/v1/";
  private static final String UPLOAD = "/upload/storage/v1/";

  /// Where gcloud begins what it may have to resume.
  private static final String RESUMABLE = "/resumable/upload/storage/v1/";

  private static final String DOWNLOAD = "/download/storage/v1/";

  private static final List<String> ROOTS = List.of(API, UPLOAD, RESUMABLE, DOWNLOAD);

  private final Buckets buckets;
  private final StorageAdmission admission;
  private final Executor executor;
  private final BucketMethods bucketMethods;
  private final ObjectMethods objectMethods;
  private final UploadMethods uploadMethods;
  private final Downloads downloads;

  private StorageService(
      Project project,
      Buckets buckets,
      Uploads uploads,
      StorageAdmission admission,
      Executor executor) {
    StorageJson json = new StorageJson(project);
    this.buckets = buckets;
    this.admission = admission;
    this.executor = executor;
    this.bucketMethods = new BucketMethods(buckets, json);
    this.objectMethods = new ObjectMethods(buckets, uploads, json);
    this.uploadMethods = new UploadMethods(buckets, uploads, json);
    this.downloads = new Downloads(executor);
  }

  /// Adds its routes to a server. Whatever no other service has may be an object.
  ///
  /// @param access who may do what, and whether tokens are required
  /// @param executor starts a virtual thread for each request
  public static void register(
      ServerBuilder server,
      Project project,
      Buckets buckets,
      Uploads uploads,
      IssuedTokens tokens,
      Access access,
      Executor executor) {
    StorageService service =
        new StorageService(
            project, buckets, uploads, new StorageAdmission(buckets, tokens, access), executor);
    for (String root : ROOTS) {
      server
          .route()
          .pathPrefix(root)
          // An object may be a disk's image.
          .maxRequestLength(0)
          .build(service);
    }
    server.serviceUnder("/", service);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(CompletableFuture.supplyAsync(() -> answer(request), executor));
  }

  private HttpResponse answer(HttpRequest request) {
    RequestHeaders headers = request.headers();
    String[] target = headers.path().split("\\?", 2);
    String path = target[0];
    boolean api = ROOTS.stream().anyMatch(path::startsWith);
    try (InputStream body = request.toInputStream(StorageService::bytes)) {
      HttpResponse answer = answer(headers, path, target.length > 1 ? target[1] : "", body, api);
      // What was not read would break the connection for the next request.
      body.transferTo(OutputStream.nullOutputStream());
      return answer;
    } catch (IOException broken) {
      LOG.log(System.Logger.Level.DEBUG, "A body did not come, or could not be kept.", broken);
      return StorageErrors.json(new Refusal(503, "backendError", "Backend Error"));
    }
  }

  private HttpResponse answer(
      RequestHeaders headers, String path, String query, InputStream body, boolean api)
      throws IOException {
    try {
      List<String> segments =
          StorageCall.segments(
              path.replaceFirst("^/(?:(?:(?:resumable/)?upload/|download/)?storage/v1/)?", ""));
      StorageCall call =
          new StorageCall(
              headers, segments, QueryParams.fromQueryString(query), unpacked(headers, body));
      return api ? method(call, path) : browser(call, path);
    } catch (Refusal refusal) {
      return api ? StorageErrors.json(refusal) : StorageErrors.xml(refusal);
    }
  }

  /// Google's clients pack what they describe, and objects' bytes if their owner packed them.
  private static InputStream unpacked(RequestHeaders headers, InputStream body) throws IOException {
    boolean packed = headers.get(HttpHeaderNames.CONTENT_ENCODING, "").equals("gzip");
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    boolean described = type.startsWith("application/json") || type.startsWith("multipart/related");
    return packed && described ? new GZIPInputStream(body) : body;
  }

  private HttpResponse method(StorageCall call, String path) throws IOException {
    List<String> at = call.segments();
    if (path.startsWith(UPLOAD) || path.startsWith(RESUMABLE)) {
      return upload(call, at);
    }
    if (!at.getFirst().equals("b") || at.size() > 9) {
      throw unknown();
    }
    String bucket = at.size() > 1 ? at.get(1) : "";
    return switch (at.size()) {
      case 1 -> allBuckets(call);
      case 2 -> bucket(call, bucket);
      case 3 -> below(call, bucket, at.get(2));
      case 4 ->
          at.get(2).equals("o")
              ? object(call, bucket, at.get(3), path.startsWith(DOWNLOAD))
              : permissions(call, bucket, at);
      default -> onObject(call, at);
    };
  }

  private HttpResponse allBuckets(StorageCall call) throws IOException {
    boolean lists = call.method().equals("GET");
    admit(call, lists ? "storage.buckets.list" : "storage.buckets.create", "");
    return switch (call.method()) {
      case "GET" -> bucketMethods.list(call);
      case "POST" -> bucketMethods.insert(call);
      default -> throw unknown();
    };
  }

  private HttpResponse bucket(StorageCall call, String bucket) throws IOException {
    admit(call, "storage.buckets." + verb(call), bucket);
    return switch (call.method()) {
      case "GET" -> bucketMethods.get(call, bucket);
      case "PATCH" -> bucketMethods.change(call, bucket, false);
      case "PUT" -> bucketMethods.change(call, bucket, true);
      case "DELETE" -> bucketMethods.delete(call, bucket);
      default -> throw unknown();
    };
  }

  private HttpResponse below(StorageCall call, String bucket, String what) throws IOException {
    return switch (call.method() + " " + what) {
      case "GET o" -> {
        admit(call, "storage.objects.list", bucket);
        yield objectMethods.list(call, bucket);
      }
      case "GET iam" -> {
        admit(call, "storage.buckets.getIamPolicy", bucket);
        yield bucketMethods.policy(call, bucket);
      }
      case "PUT iam" -> {
        admit(call, "storage.buckets.setIamPolicy", bucket);
        yield bucketMethods.setPolicy(call, bucket);
      }
      case "GET storageLayout" -> {
        admit(call, "storage.objects.list", bucket);
        yield bucketMethods.layout(call, bucket);
      }
      // There are none. gcloud asks before it removes a bucket.
      case "GET managedFolders" -> {
        admit(call, "storage.objects.list", bucket);
        buckets.get(bucket);
        yield JsonAnswers.json(call, StorageJson.node().put("kind", "storage#managedFolders"));
      }
      default -> throw unknown();
    };
  }

  private HttpResponse permissions(StorageCall call, String bucket, List<String> at) {
    if (!at.get(2).equals("iam") || !at.get(3).equals("testPermissions")) {
      throw unknown();
    }
    admit(call, "storage.buckets.get", bucket);
    return bucketMethods.permissions(call, bucket);
  }

  private HttpResponse object(StorageCall call, String bucket, String name, boolean media)
      throws IOException {
    admit(call, "storage.objects." + verb(call), bucket);
    return switch (call.method()) {
      case "GET", "HEAD" ->
          media || call.parameter("alt").equals("media")
              ? downloads.answer(call, read(call, bucket, name))
              : objectMethods.get(call, bucket, name);
      case "PATCH" -> objectMethods.change(call, bucket, name, false);
      case "PUT" -> objectMethods.change(call, bucket, name, true);
      case "DELETE" -> objectMethods.delete(call, bucket, name);
      default -> throw unknown();
    };
  }

  private StoredObject read(StorageCall call, String bucket, String name) {
    return buckets.read(bucket, name, call.generation(), call.preconditions());
  }

  /// `b/B/o/O/compose`, and `b/B/o/O/rewriteTo/b/B/o/O`.
  private HttpResponse onObject(StorageCall call, List<String> at) throws IOException {
    if (!call.method().equals("POST") || !at.get(2).equals("o")) {
      throw unknown();
    }
    if (at.size() == 5 && at.get(4).equals("compose")) {
      admit(call, "storage.objects.create", at.get(1));
      return objectMethods.compose(call, at.get(1), at.get(3));
    }
    boolean rewrites = at.get(4).equals("rewriteTo");
    boolean copies = rewrites || at.get(4).equals("copyTo");
    if (at.size() != 9 || !copies || !at.get(5).equals("b") || !at.get(7).equals("o")) {
      throw unknown();
    }
    admit(call, "storage.objects.get", at.get(1));
    admit(call, "storage.objects.create", at.get(6));
    return objectMethods.copy(
        call, List.of(at.get(1), at.get(3)), List.of(at.get(6), at.get(8)), rewrites);
  }

  private HttpResponse upload(StorageCall call, List<String> at) throws IOException {
    if (at.size() != 3 || !at.get(0).equals("b") || !at.get(2).equals("o")) {
      throw unknown();
    }
    // Whoever has the id of an upload may go on with it.
    String id = call.parameter("upload_id");
    if (!id.isEmpty()) {
      return call.method().equals("DELETE")
          ? uploadMethods.cancel(id)
          : uploadMethods.resume(call, id);
    }
    if (!call.method().equals("POST")) {
      throw unknown();
    }
    admit(call, "storage.objects.create", at.get(1));
    return uploadMethods.begin(call, at.get(1));
  }

  /// An object as browsers read it. What is no bucket is no matter of Cloud Storage's.
  private HttpResponse browser(StorageCall call, String path) throws IOException {
    String bucket = call.segments().getFirst();
    if (buckets.find(bucket).isEmpty()) {
      throw HttpStatusException.of(HttpStatus.NOT_FOUND);
    }
    String name = String.join("/", call.segments().subList(1, call.segments().size()));
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    if (!reads || name.isEmpty()) {
      throw new Refusal(400, "invalid", "The request to " + path + " is not served here.");
    }
    admission.admitBrowser(call.headers(), bucket);
    return downloads.answer(call, read(call, bucket, name));
  }

  private void admit(StorageCall call, String permission, String bucket) {
    admission.admit(call.headers(), permission, bucket);
  }

  private static String verb(StorageCall call) {
    return switch (call.method()) {
      case "DELETE" -> "delete";
      case "PATCH", "PUT" -> "update";
      default -> "get";
    };
  }

  private static Refusal unknown() {
    return new Refusal(404, "notFound", "Not Found");
  }

  private static HttpData bytes(HttpObject part) {
    return part instanceof HttpData data ? data : HttpData.empty();
  }
}
