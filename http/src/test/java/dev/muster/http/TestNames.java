package dev.muster.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Names for tests: {@code 127-0-0-3.127-0-0-1.muster.test} has these addresses in this order. All other names are the system's affair.
 */
public final class TestNames extends InetAddressResolverProvider {
    private static final String OURS = ".muster.test";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (!host.endsWith(OURS)) {
                    return system.lookupByName(host, policy);
                }
                String names = host.substring(0, host.length() - OURS.length());
                return Arrays.stream(names.split("\\.", -1))
                        .map(address -> InetAddress.ofLiteral(address.replace('-', '.')));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names for tests";
    }
}
