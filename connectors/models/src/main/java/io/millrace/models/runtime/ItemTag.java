package io.millrace.models.runtime;

/**
 * Lets a listener follow an item. Equal listeners are told once of a call, with the tags of all
 * their items.
 *
 * @param tag what the listener knows the item by
 */
public record ItemTag(CallListener listener, String tag) {}
