package dev.muster.cli;

import dev.muster.clouds.softlayer.Filter;
import dev.muster.clouds.softlayer.Operation;
import dev.muster.clouds.softlayer.Rows;
import dev.muster.clouds.softlayer.ServiceCall;
import dev.muster.clouds.softlayer.SoftLayer;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** {@code muster softlayer call-api}: any method of any service, with the options that slcli has for it. */
@Command(
        name = "call-api",
        description = "Call any method of any service.",
        footer = {
            "",
            "Lists arrive whole, however many pages they have, unless --limit says less. Masks and filters are checked",
            "first: the service answers a malformed filter with everything.",
            "A filter is PROPERTY=VALUE, PROPERTY>=VALUE and the like, or PROPERTY IN A,B; several must all be met.",
            "Values are as slcli has them: web*, *.com, *prod*, ^= web, !~ test, not null.",
            "",
            "Examples:",
            "  muster softlayer call-api Account getObject",
            "  muster softlayer call-api Account getVirtualGuests --mask id,hostname -f 'virtualGuests.maxCpu>=4'",
            "  muster softlayer call-api Virtual_Guest getObject --id 20000000 -o json",
            "  muster softlayer call-api Dns_Domain getByDomainName example.com"
        })
final class SoftLayerCall implements Callable<Integer> {
    private static final Pattern FILTER = Pattern.compile(
            "\\s*([\\w.]+)\\s*(?:\\s(?<in>(?i:in))\\s+|(?<op>!\\^=|!\\$=|!\\*=|\\^=|\\$=|\\*=|_=|!=|!~|<=|>=|<|>|~|=))(?<value>.+)",
            Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("([\\w.]+?)(?:=(?i:(ASC)|(DESC)))?");

    private final Console console;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    SoftLayerCommand.Asking asking = new SoftLayerCommand.Asking();

    @Parameters(index = "0", paramLabel = "SERVICE", description = "As Account or SoftLayer_Account.")
    String service = "";

    @Parameters(index = "1", paramLabel = "METHOD", description = "As getVirtualGuests.")
    String method = "";

    @Parameters(
            index = "2..*",
            paramLabel = "VALUE",
            description = "The method's parameters; JSON for objects and lists.")
    List<String> parameters = new ArrayList<>();

    @Option(names = "--id", paramLabel = "ID", description = "Number of the object it is called on.")
    @Nullable
    String id;

    @Option(names = "--mask", paramLabel = "MASK", description = "Which properties are shown.")
    @Nullable
    String mask;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "FILTER",
            description = "Which rows come; see below.")
    List<String> filters = new ArrayList<>();

    @Option(names = "--json-filter", paramLabel = "JSON", description = "The same, in the service's own form.")
    @Nullable
    String jsonFilter;

    @Option(
            names = {"--orderBy", "--order-by"},
            paramLabel = "PROPERTY[=ASC|DESC]",
            description = "The order of the rows; descending unless told, as in slcli.")
    @Nullable
    String orderBy;

    @Option(names = "--limit", paramLabel = "N", description = "No more rows than this.")
    @Nullable
    Integer limit;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "Pass over so many rows.")
    int offset;

    @Option(
            names = "--page-size",
            paramLabel = "N",
            defaultValue = "100",
            description = "Rows in a request; ${DEFAULT-VALUE} unless told.")
    int pageSize;

    SoftLayerCall(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (jsonFilter != null && !filters.isEmpty()) {
            throw rejected("--filter and --json-filter do not go together");
        }
        return asking.ask(console, spec, this::with);
    }

    private int with(SoftLayer account) {
        SoftLayerOutput output = new SoftLayerOutput(console, asking.format);
        Object answer = called(account).answer().get();
        if (!(answer instanceof Rows.Fetched<?> list)) {
            output.value(answer);
            return ExitCode.OK;
        }
        output.rows(list.rows());
        console.out().flush();
        for (MusterException lost : list.lost()) {
            console.err().println(console.errorPalette().warning("! ") + TextWidth.harmless(lost.describe()));
        }
        return list.lost().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL;
    }

    private ServiceCall called(SoftLayer account) {
        ServiceCall call = account.call(service, method).offset(offset).pageSize(pageSize);
        call = id == null ? call : call.id(id);
        call = mask == null ? call : call.mask(mask);
        call = limit == null ? call : call.limit(limit);
        call = parameters.isEmpty()
                ? call
                : call.parameters(
                        parameters.stream().map(SoftLayerCall::parameter).toArray());
        Filter filter = filter();
        return filter == null ? call : call.filter(filter);
    }

    private @Nullable Filter filter() {
        Filter filter = jsonFilter == null ? null : Filter.parse(jsonFilter);
        for (String text : filters) {
            Matcher parts = FILTER.matcher(text);
            if (!parts.matches()) {
                throw rejected("--filter '" + text + "' is not of the form PROPERTY=VALUE or PROPERTY IN A,B");
            }
            String value = parts.group("value").strip();
            String operator = parts.group("op");
            Operation operation = operator == null
                    ? Operation.in((Object[]) value.split("\\s*,\\s*", -1))
                    : Operation.parse(operator.equals("=") ? value : operator + ' ' + value);
            filter = filter == null ? Filter.where(parts.group(1), operation) : filter.and(parts.group(1), operation);
        }
        if (orderBy == null) {
            return filter;
        }
        Matcher order = ORDER.matcher(orderBy);
        if (!order.matches()) {
            throw rejected("--orderBy '" + orderBy + "' is not of the form PROPERTY, PROPERTY=ASC or PROPERTY=DESC");
        }
        String property = order.group(1);
        if (order.group(2) != null) {
            return filter == null ? Filter.ordered(property) : filter.orderBy(property);
        }
        return (filter == null ? Filter.all() : filter).orderByDescending(property);
    }

    /** What looks like JSON is JSON; everything else is a text. */
    private static Object parameter(String text) {
        if (!text.contains("{") && !text.contains("[")) {
            return text;
        }
        try (JsonReader in = JsonReader.of(text)) {
            return java.util.Objects.requireNonNull(in.value());
        } catch (JacksonException e) {
            throw rejected("the parameter " + text + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static MusterException rejected(String message) {
        return new MusterException.Rejected(null, message);
    }
}
