package dev.sidestream.ws.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.log.ResyncCause;
import dev.sidestream.channel.redis.log.RoomListener;
import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.delivery.FanoutProperties;
import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.support.ManualLoop;
import dev.sidestream.ws.support.RecordedOutlet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The machinery of rooms from the log to the sockets, on loops and a clock that the test moves. */
class RoomsWithoutRedisTest {

    private static final String ROOM = "lobby";
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(13);

    private final ManualLoop loop = new ManualLoop();
    private final ManualLoop sockets = new ManualLoop();
    private final LoopState state = RecordedOutlet.state(sockets);
    private final RetainedForTests retained = new RetainedForTests(loop);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Rooms rooms = new Rooms(
            "n1", room -> 0, loop, retained, new RoomMetrics(meters), new FanoutProperties(Duration.ofMillis(13), 2));

    @Test
    void deliversWhatFollowsTheJoinInOrderAndOnce() {
        RecordedOutlet bob = join("bob", 0);
        retainedAndRead("one", "two");

        assertThat(bob.frames()).containsExactly(message("one", 1), message("two", 2));
    }

    @Test
    void aPublicationThatIsReadTwiceIsDeliveredOnce() {
        RecordedOutlet bob = join("bob", 0);
        StoredPublication one = retained.next("one");
        read(one, one);

        assertThat(bob.frames()).containsExactly(message("one", 1));
    }

    @Test
    void aHoleIsFilledFromWhatIsRetainedBeforeAnythingLaterIsDelivered() {
        RecordedOutlet bob = join("bob", 0);
        retainedAndRead("one");
        retained.next("two");
        read(retained.next("three"));

        assertThat(bob.frames()).containsExactly(message("one", 1), message("two", 2), message("three", 3));
        assertThat(meters.get("sidestream.resyncs")
                        .tag("cause", "hole")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** Commands are answered before the log is read: a node that starts before Redis, or one whose first attempt failed. */
    @Test
    void whatWasAcceptedBeforeTheLogIsReadIsDelivered() {
        RecordedOutlet bob = join("bob", 0);
        retained.next("one");
        rooms.resync(partition -> true, ResyncCause.CONNECTED);
        settle();

        assertThat(bob.frames()).containsExactly(message("one", 1));
        retainedAndRead("two");
        assertThat(bob.frames()).containsExactly(message("one", 1), message("two", 2));
    }

    @Test
    void whoJoinsWithHistoryGetsWhatCameMeanwhileOnceAndInOrder() {
        retained.next("one");
        RecordedOutlet early = outlet("early");
        CompletableFuture<Void> joined = request(early, 10);
        loop.run(); // the room is opened, its history is read
        retainedAndRead("two");

        assertThat(joined).isDone();
        assertThat(early.frames()).containsExactly(message("one", 1), message("two", 2));
    }

    @Test
    void aLargeResumeComesInPortionsWithWhatComesMeanwhileBehindIt() {
        retained.portion = 2;
        List<String> expected = new ArrayList<>();
        StoredPublication seen = retained.next("seen");
        for (int i = 2; i <= 8; i++) {
            retained.next("m" + i);
            expected.add(message("m" + i, i));
        }
        RecordedOutlet back = outlet("back");
        CompletableFuture<Void> joined = new CompletableFuture<>();
        rooms.join(request(new Member(back), seen.position(), 0, joined));
        loop.run();
        retainedAndRead("live");
        expected.add(message("live", 9));

        assertThat(joined).isCompleted();
        assertThat(back.frames()).containsExactlyElementsOf(expected);
        retainedAndRead("later");
        assertThat(back.frames()).last().isEqualTo(message("later", 10));
    }

    @Test
    void whatABreakEndsIsProvedAgain() {
        RecordedOutlet bob = join("bob", 0);
        retainedAndRead("one");
        retained.next("two");
        Objects.requireNonNull(rooms.room(ROOM)).broken("another", "e");
        settle();
        assertThat(bob.frames()).as("another room's epoch").hasSize(1);
        Objects.requireNonNull(rooms.room(ROOM)).broken("e", "f");
        settle();
        assertThat(bob.frames()).containsExactly(message("one", 1), message("two", 2));
    }

    @Test
    void aPassGoesOnOverThoseWhoWereThereWhileOthersComeAndLeave() {
        List<RecordedOutlet> members = List.of(join("a", 0), join("b", 0), join("c", 0), join("d", 0), join("e", 0));
        Member leaving = new Member(outlet("leaving"));
        CompletableFuture<Void> joined = request(leaving, 0);
        settle();
        assertThat(joined).isDone();
        retainedAndRead("one");
        rooms.leave(ROOM, leaving);
        settle();
        retainedAndRead("two");

        assertThat(members)
                .allSatisfy(
                        member -> assertThat(member.frames()).containsExactly(message("one", 1), message("two", 2)));
        assertThat(((RecordedOutlet) leaving.outlet()).frames()).containsExactly(message("one", 1));
    }

    @Test
    void aBusyRoomGathersWhatComesWithinItsWindow() {
        RecordedOutlet bob = join("bob", 0);
        for (int i = 1; i <= 100; i++) {
            retainedAndRead("m" + i);
        }

        assertThat(bob.frames()).hasSize(100).last().isEqualTo(message("m100", 100));
    }

    private RecordedOutlet outlet(String user) {
        return new RecordedOutlet(user, Dialects.PLAIN, state);
    }

    private RecordedOutlet join(String user, int history) {
        RecordedOutlet outlet = outlet(user);
        assertThat(request(outlet, history)).isNotDone();
        settle();
        return outlet;
    }

    private CompletableFuture<Void> request(RecordedOutlet outlet, int history) {
        return request(new Member(outlet), history);
    }

    private CompletableFuture<Void> request(Member member, int history) {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        rooms.join(request(member, null, history, joined));
        return joined;
    }

    private static JoinRequest request(
            Member member, @Nullable Position since, int history, CompletableFuture<Void> joined) {
        return new JoinRequest(
                member,
                ROOM,
                since,
                history,
                outcome -> outcome.publications().stream()
                        .<ServerFrame>map(publication -> new ServerFrame.Published(publication, false))
                        .toList(),
                joined);
    }

    private void retainedAndRead(String... texts) {
        for (String text : texts) {
            read(retained.next(text));
        }
    }

    private void read(StoredPublication... publications) {
        RoomListener room = Objects.requireNonNull(rooms.room(ROOM));
        for (StoredPublication publication : publications) {
            room.publication(publication);
        }
        settle();
    }

    private void settle() {
        boolean busy = true;
        while (busy) {
            boolean dispatched = loop.run();
            busy = sockets.run() || dispatched;
        }
        sockets.pass(WINDOW);
    }

    private static String message(String text, int seq) {
        return "{\"message\":\"" + text + "\",\"id\":\"" + seq + "-0." + seq + ".e\",\"user\":\"ann\"}";
    }
}
