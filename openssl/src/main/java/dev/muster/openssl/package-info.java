/**
 * TLS by OpenSSL: long bodies and many requests for less CPU time than with the JDK's own.
 *
 * {@snippet :
 * HttpClient.builder().caFile(authority).tls(new OpenSslProvider())
 * }
 *
 * <p>OpenSSL is no Java: a JVM asks to be told {@code --enable-native-access=ALL-UNNAMED}, and warns otherwise.
 */
@NullMarked
package dev.muster.openssl;

import org.jspecify.annotations.NullMarked;
