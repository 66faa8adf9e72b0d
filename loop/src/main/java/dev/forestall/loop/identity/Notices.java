package dev.forestall.loop.identity;

import dev.forestall.loop.event.Rejected;

/** The words for what was refused. They name identifiers and positions, and no values: those are often personal data. */
final class Notices {

    private Notices() {}

    static Rejected unknown(Identifier identifier, long position) {
        return new Rejected(
                IdentityError.UNKNOWN_IDENTIFIER,
                identifier.name(),
                "the unmerge at position " + position + " names '" + identifier.name()
                        + "', which the pack does not declare among the identifiers of customers; nothing was changed");
    }

    static Rejected notJoined(Unmerge unmerge, long position) {
        return new Rejected(
                IdentityError.NOT_JOINED,
                unmerge.one().name(),
                "the unmerge at position " + position + " parts a "
                        + unmerge.one().name() + " and a "
                        + unmerge.other().name()
                        + " that no event has brought together since they were last parted; nothing was changed. If they "
                        + "are one customer by way of others, part one of the pairs in between");
    }

    static Rejected stillJoined(Unmerge unmerge, long position) {
        return new Rejected(
                IdentityError.STILL_JOINED,
                unmerge.one().name(),
                "the unmerge at position " + position + " has parted a "
                        + unmerge.one().name() + " and a "
                        + unmerge.other().name()
                        + ", but other identifiers join the two still; part one of the pairs on that way too");
    }

    static Rejected foundShared(Identifier identifier, int limit, long position) {
        return new Rejected(
                IdentityError.FOUND_SHARED,
                identifier.name(),
                "with the input at position " + position + " a value of " + identifier.name()
                        + " has come together with more than " + limit
                        + " others of one stronger rank: it is taken for shared by several people and joins nobody any "
                        + "more. If one customer can have so many, raise the limit of " + identifier.name());
    }

    static Rejected tooMany(Identifier identifier, long position) {
        return new Rejected(
                IdentityError.TOO_MANY,
                identifier.name(),
                "with the input at position " + position + " a value of " + identifier.name()
                        + " has come together with more than " + IdentityGraph.MAX_NEIGHBOURS
                        + " others: it is taken for a placeholder and will never join anybody. Does a source write it "
                        + "when it knows no " + identifier.name() + "? Then leave it out in the mapping");
    }

    static Rejected shared(Edge edge, Identifier shared) {
        return new Rejected(
                IdentityError.SHARED,
                shared.name(),
                "the event at position " + edge.evidence() + " brings together a "
                        + edge.one().name() + " and a " + edge.other().name() + ", but the " + shared.name()
                        + " is shared by several people");
    }

    static Rejected keptApart(Edge edge) {
        return new Rejected(
                IdentityError.KEPT_APART,
                edge.one().name(),
                "the event at position " + edge.evidence() + " brings together a "
                        + edge.one().name() + " and a "
                        + edge.other().name()
                        + " that were parted for good; an unmerge of the two that is not for good "
                        + "would lift that");
    }
}
