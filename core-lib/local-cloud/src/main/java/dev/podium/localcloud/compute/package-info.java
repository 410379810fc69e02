/// Compute Engine's REST protocol, version 1, over the local cloud's truth.
///
/// A request becomes a [dev.podium.localcloud.compute.request.Call]. A route answers it with a
/// [dev.podium.localcloud.compute.request.ComputeResponse] or throws a
/// [dev.podium.localcloud.state.Refusal]. The service writes either as Google does: JSON, 64-bit
/// numbers as texts, errors in Google's envelope, links with Google's own host unless they are to
/// follow the request's. `null` in a body means *not set*, `fields` asks for a part of an answer,
/// and a method that the local cloud has not is answered with 501. Unknown query parameters and
/// unknown members of a body are never refused, because newer clients send more than older servers
/// know.
///
/// # The local cloud's own API
///
/// Below `/local/` is what Google has not. It needs no token, is not touched by the faults that it
/// sets, and refuses bad input in Google's envelope. `podium local-cloud fault` is its client.
///
/// `GET /local/faults` answers what goes wrong at present, and the seed of the chances; the answer,
/// sent back with PUT, repeats the run. `PUT /local/faults` (or POST) replaces all of it, so `{}`
/// makes everything well; `PATCH` changes the members that it names (RFC 7396); `DELETE` clears. A
/// `seed` in the body rolls the dice anew from it. Every change is logged in one line. The members,
/// each with the value that means *well*:
///
/// ```
/// {"seed": 1,
///  "stockedOutZones": [],            inserts and starts there fail: ZONE_RESOURCE_POOL_EXHAUSTED
///  "unreachableZones": [],           lists of all zones lack them and say so: UNREACHABLE
///  "quotas": {},                     {"CPUS":8} everywhere, {"us-central1/CPUS":2} in one region
///  "requestsPerMinute": {},          {"reads_per_region":1500}; 403 rateLimitExceeded above it
///  "errorRate403": 0,                share of Compute Engine's requests, 0 to 1
///  "errorRate429": 0,
///  "errorRate503": 0,
///  "slowOperationsMillis": 0,        what every operation takes longer
///  "failingOperations":              operations that are accepted, fail, and leave no trace
///    {"rate": 0, "code": "INTERNAL_ERROR", "types": []},     types: ["insert","delete",…]; [] all
///  "pubsub":
///    {"delayMillis": 0,              from publication to delivery; order is kept
///     "duplicateRate": 0,            share of acknowledgements that get lost: delivered once more
///     "errorRate": 0,                share of calls refused with UNAVAILABLE
///     "unavailable": false,          all calls refused, all streams ended
///     "seekMillis": 0},              from the answer to a seek until it takes effect
///  "project":                        what is not as it should be with the project itself
///    {"denied": {},                  {"ann@example.org":["compute.instances.create"]}; "*": all
///     "disabledApis": [],            ["pubsub.googleapis.com"]
///     "billingOff": false,
///     "orgPolicies": {},             {"constraints/compute.vmExternalIpAccess":[]}: what it allows
///     "network": "THERE",            MISSING; YOUNG: refused once, and there from then on
///     "defaultAccount": "THERE"},    MISSING, DISABLED, WITHOUT_ROLE
///  "cuttableNetworks": false,        machines that boot from now on can be cut off
///  "probesCut": false,               nothing reaches machines' ports, and all else goes on; those
///                                    that boot meanwhile, or are cuttable
///  "accountsWithoutRole": []}        service accounts whose machines may do nothing on Pub/Sub
/// ```
///
/// What is done at one moment is a `POST` without a body. The answer is the machine as it is then
/// (`{"name","zone","status","pid","hung","cuttable","cut","metadata"}`), and `GET /local/machines`
/// lists all. `metadata` is where its metadata server is, for `GCE_METADATA_HOST`:
///
/// - `/local/zones/{zone}/instances/{name}/preempt` takes it back, as Spot instances are; answers
///   the operation
/// - `…/hang`, `…/unhang` its programs stop where they are (SIGSTOP), and carry on
/// - `…/crash` its programs die at once (SIGKILL); the instance stays RUNNING for five minutes more
/// - `…/cut`, `…/heal` its network falls silent in both directions, and carries again; the machine
///   must have booted with `cuttableNetworks`
/// - `/local/tokens/revoke` with `{"email":"…"}`, or `{}` for everybody: access tokens are
///   worthless from now on and people have to sign in again; answers `{"revoked":n}`
@NullMarked
package dev.podium.localcloud.compute;

import org.jspecify.annotations.NullMarked;
