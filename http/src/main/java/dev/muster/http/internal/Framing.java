package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the header fields of one response say about where it ends and what becomes of the connection. */
final class Framing {
    private long length = -1;
    private @Nullable String transferEncoding;
    private @Nullable String contentEncoding;
    private boolean close;
    private boolean keepAlive;
    private int max = -1;
    private int seconds = -1;

    /** Whether a field of this name may matter. */
    static boolean reads(String name) {
        return switch (name.length()) {
            case 10, 14, 16, 17 -> true;
            default -> false;
        };
    }

    /** What all these fields say together. */
    static ResponseHead head(int status, boolean http11, Headers headers) throws BadResponse {
        Framing framing = new Framing();
        for (int i = 0; i < headers.size(); i++) {
            framing.field(headers.name(i), headers.value(i));
        }
        return framing.made(status, http11, headers);
    }

    void field(String name, String value) throws BadResponse {
        switch (name.length()) {
            case 10 -> {
                if (name.equalsIgnoreCase("Connection")) {
                    connection(value);
                } else if (name.equalsIgnoreCase("Keep-Alive")) {
                    keepAlive(value);
                }
            }
            case 14 -> {
                if (name.equalsIgnoreCase("Content-Length")) {
                    length(value);
                }
            }
            case 16 -> {
                if (name.equalsIgnoreCase("Content-Encoding")) {
                    contentEncoding = contentEncoding == null ? value : contentEncoding + "," + value;
                }
            }
            case 17 -> {
                if (name.equalsIgnoreCase("Transfer-Encoding")) {
                    transferEncoding = transferEncoding == null ? value : transferEncoding + "," + value;
                }
            }
            default -> {}
        }
    }

    ResponseHead made(int status, boolean http11, Headers headers) throws BadResponse {
        boolean chunked = transferEncoding != null;
        if (chunked) {
            if (length >= 0) {
                throw malformed("both Content-Length and Transfer-Encoding");
            }
            if (!http11) {
                throw malformed("Transfer-Encoding in HTTP/1.0");
            }
            if (!"chunked".equalsIgnoreCase(transferEncoding)) {
                throw malformed("a Transfer-Encoding other than chunked");
            }
        }
        if (status == 101) {
            throw malformed("101: the protocol was switched without being asked");
        }
        boolean persistent = !close && (http11 || keepAlive);
        ContentEncoding encoding = ContentEncoding.of(contentEncoding);
        return new ResponseHead(status, http11, headers, length, chunked, persistent, max, seconds, encoding);
    }

    /** One number, or the same number again and again (RFC 9112 §6.3 rule 5). */
    private void length(String value) throws BadResponse {
        int from = 0;
        while (from <= value.length()) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            long one = number(bare(value.substring(from, to)));
            if (one < 0) {
                throw malformed("a Content-Length that is not a number");
            }
            if (length >= 0 && length != one) {
                throw malformed("two Content-Lengths that differ");
            }
            length = one;
            from = to + 1;
        }
    }

    /** Without the blanks about it (OWS, RFC 9110 §5.6.3): {@link String#strip} takes for a blank what other readers do not. */
    private static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && HeadParser.blank(text.charAt(from))) {
            from++;
        }
        while (to > from && HeadParser.blank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private void connection(String value) {
        if (value.equalsIgnoreCase("keep-alive")) {
            keepAlive = true;
        } else if (value.equalsIgnoreCase("close")) {
            close = true;
        } else {
            for (String option : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                close |= option.strip().equals("close");
                keepAlive |= option.strip().equals("keep-alive");
            }
        }
    }

    private void keepAlive(String value) {
        for (String parameter : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            String one = parameter.strip();
            if (one.startsWith("max=")) {
                max = (int) Math.min(number(one.substring(4)), Integer.MAX_VALUE);
            } else if (one.startsWith("timeout=")) {
                seconds = (int) Math.min(number(one.substring(8)), Integer.MAX_VALUE);
            }
        }
    }

    /** Digits only; -1 for anything else and for what does not fit. */
    private static long number(String digits) {
        if (digits.isEmpty() || digits.length() > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
