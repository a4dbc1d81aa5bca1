package dev.muster.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** softlayer-python, Debian's, in a process that stays: starting Python is not what is measured. */
final class SoftLayerPython implements AutoCloseable {
    private static final String SCRIPT = """
            import sys
            try:
                import SoftLayer
            except ImportError:
                print("none", flush=True)
                sys.exit()
            print("ready", flush=True)
            for line in sys.stdin:
                work, url, size = line.split()
                client = SoftLayer.create_client_from_env(username="demo", api_key="secret", endpoint_url=url)
                if work == "guests":
                    found = ["%s %s" % (g["id"], g["hostname"]) for g in client.call("Account", "getVirtualGuests",
                        mask="id,hostname", iter=True, limit=int(size))]
                elif work == "detail":
                    got = SoftLayer.HardwareManager(client).get_hardware(int(size))
                    found = (["host " + got["hostname"]] + ["network %s" % c["id"] for c in got["networkComponents"]]
                        + ["component %s" % c["id"] for c in got["activeComponents"]]
                        + ["vlan %s" % v["id"] for v in got["networkVlans"]])
                else:
                    found = []
                    for pool in client.call("SoftLayer_Account", "getBandwidthAllotments", mask="mask[id,name]", iter=True):
                        counts = client.call("SoftLayer_Network_Bandwidth_Version1_Allotment", "getObject", id=pool["id"],
                            mask="mask[id, bareMetalInstanceCount, hardwareCount, virtualGuestCount]")
                        found.append("%s %s %s" % (pool["id"], counts["hardwareCount"], counts["virtualGuestCount"]))
                for row in found:
                    print(row)
                print(".", flush=True)
            """;

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;

    private SoftLayerPython(Process process, BufferedReader out) {
        this.process = process;
        this.out = out;
        this.in = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    /** Null where there is no softlayer-python. */
    static @Nullable SoftLayerPython start() {
        try {
            Process process = new ProcessBuilder("/usr/bin/python3", "-c", SCRIPT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            return "ready".equals(out.readLine()) ? new SoftLayerPython(process, out) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Does a piece of work once. */
    Contender.Answer ask(String work, String url, long size) throws IOException {
        in.println(work + ' ' + url + ' ' + size);
        List<String> found = new ArrayList<>();
        for (String line = out.readLine(); line != null && !line.equals("."); line = out.readLine()) {
            found.add(line);
        }
        return () -> found;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
