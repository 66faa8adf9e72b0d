package dev.forestall.server.console;

/**
 * Why a page cannot be shown.
 *
 * @param what happened
 * @param next what to do
 */
public record Mishap(String what, String next) {}
