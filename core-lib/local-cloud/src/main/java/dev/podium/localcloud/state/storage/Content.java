package dev.podium.localcloud.state.storage;

import java.nio.file.Path;

/// The bytes of an object, in a file that nobody changes any more.
///
/// @param size in bytes
/// @param md5 base64; empty for an object that was put together from others
/// @param crc32c base64 of the checksum (RFC 3720, appendix B.4), the highest byte first
public record Content(Path file, long size, String md5, String crc32c) {}
