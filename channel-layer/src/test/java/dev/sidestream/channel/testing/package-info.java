/**
 * Real Redis servers for tests, of this module and of others: one server, a Cluster, a Sentinel set-up, and the faults they
 * are put through; and the watch over event loops and buffers. Imports the API of the channel
 * layer, Netty's event loops, and Spring Boot's test support.
 */
@NullMarked
package dev.sidestream.channel.testing;

import org.jspecify.annotations.NullMarked;
