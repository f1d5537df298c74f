package dev.freshet.catalog.event.sla;

import dev.freshet.catalog.event.Event;

/** Something that was decided to hold an objective of freshness. */
public sealed interface SlaEvent extends Event permits TierAssigned {}
