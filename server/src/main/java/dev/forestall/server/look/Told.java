package dev.forestall.server.look;

import dev.forestall.records.effects.EffectRow;
import dev.forestall.views.look.Described;

/** An effect, and what it says in words. */
public record Told(EffectRow row, Described described) {}
