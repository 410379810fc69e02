package dev.podium.localcloud.administration;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.QueryParams;

/// One request, free of HTTP.
///
/// @param user e-mail address of whom it speaks for
/// @param machine whether it is a machine's token
/// @param body an object, empty where none was sent
record AdministrationCall(String user, boolean machine, QueryParams query, JsonNode body) {}
