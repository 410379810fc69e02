package dev.podium.localcloud.storage;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.storage.Bucket;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.state.token.IssuedTokens;
import java.util.List;
import java.util.Optional;

/// Who may do what with buckets. A person may do all; a machine's service account, and whoever
/// speaks for nobody, may read what is public.
final class StorageAdmission {
  private static final String AUTH = "https://www.googleapis.com/auth/";
  private static final List<String> READING =
      List.of(
          AUTH + "cloud-platform",
          AUTH + "cloud-platform.read-only",
          AUTH + "devstorage.full_control",
          AUTH + "devstorage.read_write",
          AUTH + "devstorage.read_only");
  private static final List<String> WRITING =
      List.of(
          AUTH + "cloud-platform",
          AUTH + "devstorage.full_control",
          AUTH + "devstorage.read_write");

  private final Buckets buckets;
  private final IssuedTokens tokens;
  private final Access access;

  /// @param access who may do what, and whether tokens are required
  StorageAdmission(Buckets buckets, IssuedTokens tokens, Access access) {
    this.buckets = buckets;
    this.tokens = tokens;
    this.access = access;
  }

  /// @param permission such as `storage.objects.get`
  /// @param bucket that it is about; empty if it is about the project
  /// @throws Refusal 401 or 403
  void admit(RequestHeaders headers, String permission, String bucket) {
    access.requireOn("Cloud Storage JSON", "storage.googleapis.com");
    if (access.required() && !(reads(permission) && isPublic(bucket))) {
      check(headers, permission);
    }
    String who = grant(headers).map(IssuedTokens.Grant::email).orElse(Administration.OWNER);
    if (!access.allows(who, false, permission)) {
      throw new Refusal(403, "forbidden", denied(who, permission));
    }
  }

  /// As a browser asks, which has no token: what is not public is nobody's.
  ///
  /// @throws Refusal 401 or 403
  void admitBrowser(RequestHeaders headers, String bucket) {
    boolean named = headers.contains(HttpHeaderNames.AUTHORIZATION);
    if (!isPublic(bucket) && (access.required() || !named)) {
      check(headers, "storage.objects.get");
    }
  }

  private void check(RequestHeaders headers, String permission) {
    String header = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (header.isEmpty()) {
      throw new Refusal(401, "required", denied("Anonymous caller", permission));
    }
    Optional<IssuedTokens.Grant> grant = grant(headers);
    if (grant.isEmpty()) {
      throw new Refusal(401, "authError", "Invalid Credentials");
    }
    boolean reads = permission.endsWith(".get") || permission.endsWith(".list");
    if (!grant.get().permitsAnyOf(reads ? READING : WRITING)) {
      throw new Refusal(
          403,
          "insufficientPermissions",
          "Insufficient Permission: Request had insufficient" + " authentication scopes.");
    }
    if (grant.get().machine()) {
      throw new Refusal(403, "forbidden", denied(grant.get().email(), permission));
    }
  }

  private Optional<IssuedTokens.Grant> grant(RequestHeaders headers) {
    String header = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    return header.startsWith("Bearer ")
        ? tokens.find(header.substring(7).strip())
        : Optional.empty();
  }

  private static boolean reads(String permission) {
    return permission.equals("storage.objects.get") || permission.equals("storage.objects.list");
  }

  private boolean isPublic(String bucket) {
    return buckets.find(bucket).filter(Bucket::isPublic).isPresent();
  }

  private static String denied(String who, String permission) {
    String resource =
        permission.startsWith("storage.objects.")
            ? "object"
            : permission.equals("storage.buckets.list")
                    || permission.equals("storage.buckets.create")
                ? "project"
                : "bucket";
    return who
        + " does not have "
        + permission
        + " access to the Google Cloud "
        + (resource.equals("project") ? "project" : "Storage " + resource)
        + ". Permission '"
        + permission
        + "' denied on resource (or it may not exist).";
  }
}
