package dev.muster.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** What a client shows to servers that want to know who it is: a certificate, its issuers' and the key. */
public final class ClientKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");

    private final KeyStore store;
    private final char[] password;

    private ClientKey(KeyStore store, char[] password) {
        this.store = store;
        this.password = password;
    }

    /** From PEM files, which may be one. */
    public static ClientKey pem(Path certificate, Path key) {
        List<? extends Certificate> chain = Tls.certificates(certificate);
        PrivateKey secret = key(key);
        try {
            if (!fits(secret, chain.getFirst())) {
                throw new IllegalArgumentException(
                        "the key in " + key + " is not that of the first certificate in " + certificate);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = new char[0];
            store.setKeyEntry("client", secret, password, chain.toArray(Certificate[]::new));
            return new ClientKey(store, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "cannot use the certificate in " + certificate + " with the key in " + key, e);
        }
    }

    /** From a PKCS#12 file. */
    public static ClientKey pkcs12(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            long keys = 0;
            for (String alias : Collections.list(store.aliases())) {
                keys += store.isKeyEntry(alias) ? 1 : 0;
            }
            if (keys != 1) {
                throw new IllegalArgumentException(file + " holds " + keys + " keys instead of one");
            }
            return new ClientKey(store, password.clone());
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("no such file: " + file, e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "cannot read " + file + " as PKCS#12: not one, or the password is wrong (" + e.getMessage() + ")",
                    e);
        }
    }

    List<KeyManager> managers() throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return List.of(factory.getKeyManagers());
    }

    private static PrivateKey key(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("no such file of a key: " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the key in " + file + ": " + e.getMessage(), e);
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException("no PEM private key in " + file);
        }
        String kind = block.group(1);
        if (kind.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
            throw new IllegalArgumentException(
                    "the key in " + file + " is encrypted: give it in PKCS#12 with its password, or decrypted");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return decode(
                    switch (kind) {
                        case "RSA PRIVATE KEY" -> wrapped(RSA, der);
                        case "EC PRIVATE KEY" -> wrapped(sequence(EC, curve(der)), der);
                        case "PRIVATE KEY" -> der;
                        default -> throw new InvalidKeySpecException("a " + kind.toLowerCase(Locale.ROOT));
                    });
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // What it says may quote the key.
            throw new IllegalArgumentException("the private key in " + file + " is damaged or of an unknown kind");
        }
    }

    private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
        InvalidKeySpecException last = new InvalidKeySpecException("of no known kind");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                last = another;
            }
        }
        throw last;
    }

    private static boolean fits(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(VERSION);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(VERSION);
        return signature.verify(signed);
    }

    /** A key of its own form (PKCS#1, SEC 1) as PKCS#8 (RFC 5958): a version, what it is, the key. */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return sequence(VERSION, algorithm, tagged(0x04, key));
    }

    /** The curve that an elliptic key says it is on: the OID in its [0] (RFC 5915). */
    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        // SEQUENCE { INTEGER 1, OCTET STRING key, [0] { OID } … }
        int at = content(der, 0);
        at = end(der, at);
        at = end(der, at);
        if ((der[at] & 0xff) != 0xa0) {
            throw new InvalidKeySpecException("it does not name its curve");
        }
        return Arrays.copyOfRange(der, content(der, at), end(der, at));
    }

    private static byte[] sequence(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return tagged(0x30, joined);
    }

    /** One value of DER (X.690 §8.1). */
    private static byte[] tagged(int tag, byte[] content) {
        byte[] length = BigInteger.valueOf(content.length).toByteArray();
        int skip = length[0] == 0 && length.length > 1 ? 1 : 0;
        int count = content.length < 128 ? 0 : length.length - skip;
        byte[] value = new byte[2 + count + content.length];
        value[0] = (byte) tag;
        value[1] = (byte) (count == 0 ? content.length : 0x80 | count);
        System.arraycopy(length, skip, value, 2, count);
        System.arraycopy(content, 0, value, 2 + count, content.length);
        return value;
    }

    /** Where the content of the value at {@code at} begins. */
    private static int content(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    /** Where the value at {@code at} ends. */
    private static int end(byte[] der, int at) {
        int content = content(der, at);
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return content + length;
        }
        return content + new BigInteger(1, Arrays.copyOfRange(der, at + 2, content)).intValueExact();
    }
}
