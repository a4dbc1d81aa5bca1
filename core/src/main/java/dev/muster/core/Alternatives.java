package dev.muster.core;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that a driver can get in several ways, all of which give the same: everything about a machine, part by part or
 * whole. {@link Planner#choose} takes one of them, by what was measured through a {@link Recording}. Immutable.
 *
 * @param of what it is, unique for a kind of cloud, as {@code softlayer hardware detail}
 * @param perSecond requests that the service takes in a second; infinite where it publishes no limit
 * @param ways one or more, each with a name of its own
 */
public record Alternatives(String of, double perSecond, List<Way> ways) {
    /** @throws IllegalArgumentException if there is no way, two have one name, or the limit is not above 0 */
    public Alternatives {
        ways = List.copyOf(ways);
        Set<String> names = new HashSet<>();
        if (ways.isEmpty() || !ways.stream().allMatch(way -> names.add(way.name()))) {
            throw new IllegalArgumentException(of + ": ways are one or more, each with a name of its own");
        }
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException(of + ": a limit of requests a second is above 0, not " + perSecond);
        }
    }

    /**
     * One way: the requests that it takes to get one thing. They all go at once, and those of many things with them.
     *
     * @param name for measurements and people, as {@code parts}
     * @param requests operations by name, as {@code GET /hosts/{id}}, each with how many related things the server has to look
     *     up for its answer; one that asks for more of the same has a name that goes on, as {@code GET /hosts/{id} with nics}
     */
    public record Way(String name, Map<String, Integer> requests) {
        public Way {
            requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
        }
    }

    /**
     * What was chosen.
     *
     * @param shape what is compared: what it is of, and the magnitude of how many are wanted
     * @param expected what it is thought to take; its rows are the things
     * @param why the reason, a sentence
     * @param others the ways that were not chosen
     */
    public record Chosen(String shape, Way way, Cost expected, String why, List<Planned.Other> others) {
        public Chosen {
            others = List.copyOf(others);
        }
    }

    /** The operations of all ways. */
    public Map<String, Integer> requests() {
        Map<String, Integer> all = new LinkedHashMap<>();
        ways.forEach(way -> all.putAll(way.requests()));
        return all;
    }

    /** Without one of them, as where the server refused it; there must be others. */
    public Alternatives without(Way refused) {
        return new Alternatives(
                of, perSecond, ways.stream().filter(way -> !way.equals(refused)).toList());
    }
}
