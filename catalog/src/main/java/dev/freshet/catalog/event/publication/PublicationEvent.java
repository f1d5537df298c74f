package dev.freshet.catalog.event.publication;

import dev.freshet.catalog.event.Event;

/** Something that happened to the publication that a stream table is in. */
public sealed interface PublicationEvent extends Event
    permits PublicationCreated, PublicationDropped, PublicationRepaired {}
