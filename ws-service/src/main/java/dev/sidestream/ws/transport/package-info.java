/** What moves the bytes: the event loops of the node's sockets, and which interface of the kernel they use. */
@NullMarked
package dev.sidestream.ws.transport;

import org.jspecify.annotations.NullMarked;
