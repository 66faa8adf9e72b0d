package dev.forestall.loop.event;

/** A kind of mistake or mishap that has a name of its own. Each module lists its codes in one enum; all stand in docs/errors.md. */
public interface ErrorCode {

    /** Three letters, a dash, three digits: {@code EVT-001}. Never reused. */
    String code();

    /** What went wrong, in one short line without values. */
    String title();
}
