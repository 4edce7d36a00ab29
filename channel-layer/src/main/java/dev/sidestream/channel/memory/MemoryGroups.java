package dev.sidestream.channel.memory;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which channels are in which group. Not safe for use by many threads. */
final class MemoryGroups {

    private final Map<String, Set<String>> members = new HashMap<>();

    void add(String group, String channel) {
        members.computeIfAbsent(group, name -> new LinkedHashSet<>()).add(channel);
    }

    void discard(String group, String channel) {
        members.computeIfPresent(group, (name, channels) -> {
            channels.remove(channel);
            return channels.isEmpty() ? null : channels;
        });
    }

    void discardEverywhere(String channel) {
        List.copyOf(members.keySet()).forEach(group -> discard(group, channel));
    }

    List<String> of(String group) {
        return List.copyOf(members.getOrDefault(group, Set.of()));
    }
}
