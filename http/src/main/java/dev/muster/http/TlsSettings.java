package dev.muster.http;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * Whom a client trusts and what it shows of itself, as {@link HttpClient.Builder} was told.
 *
 * @param keys what is shown to servers that ask who the client is; none if empty
 * @param trust who says which certificates are trusted; whoever the JDK trusts if empty
 * @param verifiesHost whether a certificate must be for the host that was asked (RFC 9110 §4.3.4)
 */
public record TlsSettings(List<KeyManager> keys, List<TrustManager> trust, boolean verifiesHost) {
    public TlsSettings {
        keys = List.copyOf(keys);
        trust = List.copyOf(trust);
    }
}
