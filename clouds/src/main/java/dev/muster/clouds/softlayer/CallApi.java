package dev.muster.clouds.softlayer;

import static dev.muster.clouds.softlayer.Commands.rejected;

import dev.muster.core.Call;
import dev.muster.core.Cloud;
import dev.muster.core.CloudCommand;
import dev.muster.core.CloudCommand.Answer;
import dev.muster.core.CloudCommand.Typed;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Any method of any service, with the options that slcli has for it. Lists come whole, however many pages they have, unless told
 * otherwise. Masks and filters are checked first.
 */
final class CallApi {
    static final CloudCommand COMMAND = new CloudCommand(
            "call-api",
            "SERVICE METHOD [VALUE]… [--id ID] [--mask MASK] [-f FILTER]… [--json-filter JSON]"
                    + " [--orderBy PROPERTY[=ASC|DESC]] [--limit N] [--offset N] [--page-size N]",
            "Any method of any service; values are its parameters, JSON for objects and lists. A filter is"
                    + " PROPERTY=VALUE, PROPERTY>=VALUE and the like, or PROPERTY IN A,B, with values as slcli has them"
                    + " (web*, *.com, *prod*, !~ test, not null); several must all be met. An order is descending unless"
                    + " told, as in slcli",
            List.of(
                    "muster softlayer call-api Account getHardware --mask id,hostname",
                    "muster softlayer call-api Account getHardware -f 'hardware.hostname=web*'",
                    "muster softlayer call-api Account getHardware -f 'hardware.id IN 15,16'",
                    "muster softlayer call-api Virtual_Guest getObject --id 20000000 -o json",
                    "muster softlayer call-api Dns_Domain getByDomainName example.com"),
            (cloud, typed, measured) -> call(cloud, typed));

    private static final Set<String> OPTIONS =
            Set.of("id", "mask", "f", "filter", "json-filter", "orderBy", "order-by", "limit", "offset", "page-size");

    private static final Pattern FILTER = Pattern.compile(
            "\\s*([\\w.]+)\\s*(?:\\s(?<in>(?i:in))\\s+|(?<op>!\\^=|!\\$=|!\\*=|\\^=|\\$=|\\*=|_=|!=|!~|<=|>=|<|>|~|=))(?<value>.+)",
            Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("([\\w.]+?)(?:=(?i:(ASC)|(DESC)))?");

    private CallApi() {}

    private static Call<Answer> call(Cloud cloud, Typed typed) {
        Commands.only(typed, OPTIONS);
        List<String> words = typed.words();
        if (words.size() < 2) {
            throw rejected("call-api needs a service and a method, as Account getVirtualGuests");
        }
        Map<String, String> options = typed.options();
        ServiceCall call = ((SoftLayer) cloud)
                .call(words.getFirst(), words.get(1))
                .offset(number(options, "offset", 0))
                .pageSize(number(options, "page-size", 100));
        String id = options.get("id");
        call = id == null ? call : call.id(id);
        String mask = options.get("mask");
        call = mask == null ? call : call.mask(mask);
        call = options.containsKey("limit") ? call.limit(number(options, "limit", 0)) : call;
        List<String> values = words.subList(2, words.size());
        call = values.isEmpty()
                ? call
                : call.parameters(values.stream().map(CallApi::parameter).toArray());
        Filter filter = filter(typed);
        return (filter == null ? call : call.filter(filter)).answer().map(CallApi::told);
    }

    private static Answer told(@Nullable Object answer) {
        return answer instanceof Rows.Fetched<?> list
                ? new Answer(
                        list.rows(),
                        true,
                        list.lost().stream().map(MusterException::describe).toList(),
                        List.of())
                : new Answer(answer, true, List.of(), List.of());
    }

    private static int number(Map<String, String> options, String name, int otherwise) {
        String text = options.get(name);
        if (text != null && !text.matches("\\d{1,9}")) {
            throw rejected("--" + name + " is a whole number, not '" + text + "'");
        }
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private static @Nullable Filter filter(Typed typed) {
        String json = typed.options().get("json-filter");
        List<String> texts = new ArrayList<>(typed.given().getOrDefault("filter", List.of()));
        texts.addAll(typed.given().getOrDefault("f", List.of()));
        if (json != null && !texts.isEmpty()) {
            throw rejected("--filter and --json-filter do not go together");
        }
        Filter filter = json == null ? null : Filter.parse(json);
        for (String text : texts) {
            Matcher parts = FILTER.matcher(text);
            if (!parts.matches()) {
                throw rejected("--filter '" + text + "' is not of the form PROPERTY=VALUE or PROPERTY IN A,B");
            }
            String value = parts.group("value").strip();
            String operator = parts.group("op");
            Operation operation = operator == null
                    ? Operation.in((Object[]) value.split("\\s*,\\s*", -1))
                    : Operation.parse(operator.equals("=") ? value : operator + ' ' + value);
            filter = (filter == null ? Filter.all() : filter).and(parts.group(1), operation);
        }
        String order = typed.options().getOrDefault("orderBy", typed.options().get("order-by"));
        return order == null ? filter : ordered(filter == null ? Filter.all() : filter, order);
    }

    private static Filter ordered(Filter filter, String text) {
        Matcher order = ORDER.matcher(text);
        if (!order.matches()) {
            throw rejected("--orderBy '" + text + "' is not of the form PROPERTY, PROPERTY=ASC or PROPERTY=DESC");
        }
        String property = order.group(1);
        return order.group(2) == null ? filter.orderByDescending(property) : filter.orderBy(property);
    }

    /** What looks like JSON is JSON; everything else is a text. */
    private static Object parameter(String text) {
        if (!text.contains("{") && !text.contains("[")) {
            return text;
        }
        try (JsonReader in = JsonReader.of(text)) {
            return Objects.requireNonNull(in.value());
        } catch (JacksonException e) {
            throw rejected("the parameter " + text + " is no JSON: " + e.getOriginalMessage());
        }
    }
}
