package dev.muster.cli;

import dev.muster.core.Environment;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs a little of everything and prints nothing: what the launcher shows the JVM before it writes an AOT cache. */
final class Rehearsal {
    private static final String[][] COMMANDS = {
        {"--help"},
        {"--version"},
        {"inventory", "--help"},
        {"tables"},
        {"tables", "openstack"},
        {"explain", "ovirt_vm"},
        {"clouds", "-o", "json"},
        {"demo", "--vms", "4", "--latency", "1ms"},
        {"demo", "--vms", "4", "--latency", "1ms", "-o", "json"},
        {"demo", "--vms", "4", "--latency", "1ms", "-o", "yaml"},
    };

    private Rehearsal() {}

    /** Starts it. */
    public static void main(String[] args) {
        in(Environment.ofProcess());
    }

    static void in(Environment environment) {
        for (String[] command : COMMANDS) {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            Muster.run(nowhere, nowhere, environment, command);
        }
    }
}
