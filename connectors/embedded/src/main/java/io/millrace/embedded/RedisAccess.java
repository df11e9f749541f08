package io.millrace.embedded;

import java.nio.file.Path;

/**
 * A Redis that asks its clients who they are: it speaks TLS alone and knows the users of a file.
 *
 * @param certificate of Redis
 * @param users in the form of Redis' ACL files; {@code default} should be off there
 */
public record RedisAccess(ServerCertificate certificate, Path users) {}
