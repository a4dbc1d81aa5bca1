package dev.muster.sim;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How large, how slow and how faulty an embedded cloud is. Immutable; the methods named like the components make changed
 * copies.
 *
 * @param vms virtual machines; everything else is sized by them
 * @param latency what the server takes to answer each request; the requests of one connection wait for each other
 * @param jitter up to so much is added to each latency, drawn evenly from the seed
 * @param rowCost what the server takes for each row of an answer, inlined ones included
 * @param linkCost what it takes to look up what belongs to a row, as oVirt's {@code follow} and SoftLayer's masks do, and Nova for
 *     each server of a list in detail; a request of its own for the same takes the latency instead
 * @param rtt round trip of the network in front of the server: requests and answers take half of it each, and a new
 *     connection one more; zero = no such network
 * @param rateLimit requests a second; those above are answered with 429 and Retry-After; 0 = no limit
 * @param connectionRequests requests after which a connection is closed, as httpd does after 100; 0 = never
 * @param bootTime how long a started machine takes to be up, a stopped one to be down, and any other job to be done
 * @param failures which requests fail
 * @param seed clouds with the same options and seed are the same
 * @param port where to listen, on the loopback interface only; 0 = any free port; a cloud whose port is taken does not start and
 *     throws {@link java.io.UncheckedIOException}
 */
public record SimOptions(
        int vms,
        Duration latency,
        Duration jitter,
        Duration rowCost,
        Duration linkCost,
        Duration rtt,
        double rateLimit,
        int connectionRequests,
        Duration bootTime,
        List<FailureRule> failures,
        long seed,
        int port) {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|m|h)");

    public SimOptions {
        if (vms < 0 || rateLimit < 0 || connectionRequests < 0 || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("sizes, limits and ports are not negative, and ports end at 65535");
        }
        if (Stream.of(latency, jitter, rowCost, linkCost, rtt, bootTime).anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("times are not negative");
        }
        failures = List.copyOf(failures);
    }

    /** 100 machines, no delays, no faults, seed 1, any free port. */
    public static SimOptions defaults() {
        Duration none = Duration.ZERO;
        return new SimOptions(100, none, none, none, none, none, 0, 0, none, List.of(), 1, 0);
    }

    /** Reads a time: {@code 20ms}, {@code 1.5s}, {@code 250us}, {@code 2m}, {@code 1h}, or {@code 0}. */
    public static Duration duration(String text) {
        if (text.strip().equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time such as 20ms, 1.5s or 2m");
        }
        long nanos = switch (matcher.group(2)) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        return Duration.ofNanos(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(nanos))
                .longValue());
    }

    /** A copy with so many virtual machines. */
    public SimOptions vms(int vms) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy whose server takes so long for each request. */
    public SimOptions latency(Duration latency) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy whose latencies vary by up to so much. */
    public SimOptions jitter(Duration jitter) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy whose answers take so much longer for each row. */
    public SimOptions rowCost(Duration rowCost) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy whose answers take so much longer for each look-up. */
    public SimOptions linkCost(Duration linkCost) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy behind a network with this round trip. */
    public SimOptions rtt(Duration rtt) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy that takes so many requests a second. */
    public SimOptions rateLimit(double rateLimit) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy that closes each connection after so many requests. */
    public SimOptions connectionRequests(int connectionRequests) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy whose machines take so long to start and to stop. */
    public SimOptions bootTime(Duration bootTime) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy with exactly these failures. */
    public SimOptions failures(List<FailureRule> failures) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy with the failures of a text such as {@code 500:1%,truncated@/vms:2}. */
    public SimOptions failures(String failures) {
        return failures(FailureRule.parseAll(failures));
    }

    /** A copy with other, equally invented contents. */
    public SimOptions seed(long seed) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }

    /** A copy that listens on this port. */
    public SimOptions port(int port) {
        return new SimOptions(
                vms,
                latency,
                jitter,
                rowCost,
                linkCost,
                rtt,
                rateLimit,
                connectionRequests,
                bootTime,
                failures,
                seed,
                port);
    }
}
