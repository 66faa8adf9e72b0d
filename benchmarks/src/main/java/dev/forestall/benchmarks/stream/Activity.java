package dev.forestall.benchmarks.stream;

/**
 * One thing a customer did, with the fields that the patterns need.
 *
 * @param sequence its place in the order of arrival, from 0
 * @param customer the customer's id
 * @param type what was done, as {@link EventType#wireName()}
 * @param at when it was done, in milliseconds since 1970 UTC
 */
public record Activity(int sequence, String customer, String type, long at) {}
