/**
 * How do events get in, and what goes out to the world?
 *
 * <p>One package per kind of way: files are {@link dev.forestall.connectors.files}, calls of Segment's HTTP API are {@link
 * dev.forestall.connectors.segment}. What is wrong with a way itself, not with a
 * single input that came along it, is a {@link dev.forestall.connectors.ConnectorError}.
 */
@NullMarked
package dev.forestall.connectors;

import org.jspecify.annotations.NullMarked;
