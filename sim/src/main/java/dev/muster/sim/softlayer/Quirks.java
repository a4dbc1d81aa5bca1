package dev.muster.sim.softlayer;

/**
 * Which of the service's odd ways an embedded one has.
 *
 * @param unordered rows of a page come in another order for each request, unless a filter asks for one
 * @param heaviest the most related things that an answer may hold; a heavier one fails with an internal error
 * @param errorsWith200 whether that error comes with status 200
 * @param bareObjects whether a list that was limited to one row comes as that row
 */
public record Quirks(boolean unordered, int heaviest, boolean errorsWith200, boolean bareObjects) {

    /** All of them, and answers of 3000 related things. */
    public static Quirks defaults() {
        return new Quirks(true, 3_000, false, true);
    }

    /** None. */
    public static Quirks none() {
        return new Quirks(false, Integer.MAX_VALUE, false, false);
    }

    /** The same with another bound on how heavy an answer may be. */
    public Quirks heaviest(int most) {
        return new Quirks(unordered, most, errorsWith200, bareObjects);
    }

    /** The same with internal errors that come with status 200, or not. */
    public Quirks errorsWith200(boolean on) {
        return new Quirks(unordered, heaviest, on, bareObjects);
    }
}
