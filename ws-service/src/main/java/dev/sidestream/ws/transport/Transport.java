package dev.sidestream.ws.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import org.jspecify.annotations.Nullable;

/** How event loops ask the kernel for what there is to do. */
public enum Transport {
    /** {@link #EPOLL} where it can be had, else {@link #NIO}. */
    AUTO {
        @Override
        IoHandlerFactory handlers() {
            return (EPOLL.whyNot() == null ? EPOLL : NIO).handlers();
        }
    },
    /** Linux, on x86-64 and AArch64. */
    EPOLL {
        @Override
        @Nullable
        Throwable whyNot() {
            return Epoll.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }
    },
    /** Linux 5.9 and newer, where the kernel and the container's profile allow it; Docker's default profile does not. */
    IO_URING {
        @Override
        @Nullable
        Throwable whyNot() {
            try {
                return IoUring.unavailabilityCause();
            } catch (NoClassDefFoundError notThere) {
                return notThere;
            }
        }

        @Override
        IoHandlerFactory handlers() {
            return IoUringIoHandler.newFactory();
        }
    },
    /** Java's own; everywhere. */
    NIO {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    /** Why it cannot be had here; null when it can. */
    @Nullable
    Throwable whyNot() {
        return null;
    }

    /** What each event loop gets one from. */
    abstract IoHandlerFactory handlers();
}
