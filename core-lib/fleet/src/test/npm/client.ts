// Compiled against types that openapi-typescript makes of the API's description.
import type { components, paths } from "./api";

type Body<T> = T extends { requestBody?: infer B } ? NonNullable<B> extends { content: { "application/json": infer J } } ? J : never : never;

type Create = Body<paths["/v1/instances"]["post"]>;
type Pin = Body<paths["/v1/instances/{name}:pin"]["post"]>;
type Hold = Body<paths["/v1/instances/{name}:hold"]["post"]>;
type Invite = Body<paths["/v1/invites"]["post"]>;
type Key = Body<paths["/v1/keys"]["post"]>;

// What has a default need not be sent.
export const all: Create = {};
export const some: Create = { count: 3, namePrefix: "class" };
export const pin: Pin = {};
export const hold: Hold = {};
export const invite: Invite = { name: "Ann" };
export const key: Key = { name: "nightly" };

// What has none must be.
// @ts-expect-error a name is missing
export const nobody: Invite = {};
// @ts-expect-error there is no such member
export const mistyped: Create = { cuont: 1 };

export const person: components["schemas"]["Person"] = { id: "p-1", name: "Ann", rooms: ["lobby"], instances: ["vm-1"] };
