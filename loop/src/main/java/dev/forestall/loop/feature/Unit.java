package dev.forestall.loop.feature;

/** What a feature's number counts, so that people can be told it. */
public enum Unit {
    /** How many of something; also a rate or a plain number. */
    NUMBER,
    /** How many, whole. */
    COUNT,
    /** Days, with fractions. */
    DAYS,
    /** Minor units of the pack's currency. */
    MONEY,
    /** 1 for yes, 0 for no. */
    FLAG,
    /** A share, 0 to 1. */
    SHARE
}
