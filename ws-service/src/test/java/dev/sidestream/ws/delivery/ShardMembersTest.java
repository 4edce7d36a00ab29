package dev.sidestream.ws.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.support.ManualLoop;
import dev.sidestream.ws.support.RecordedOutlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardMembersTest {

    private final LoopState loop = RecordedOutlet.state(new ManualLoop());
    private final ShardMembers members = new ShardMembers();

    @Test
    void anArrayGrowsByDoublingAndIsElseTheSame() {
        Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 10_000; i++) {
            members.add(member());
            arrays.add(members.hold());
            members.release();
        }
        assertThat(arrays).hasSize(13); // 4, 8, ... 16,384
    }

    @Test
    void aPassSeesThoseWhoWereThereWhoeverComesAndLeavesMeanwhile() {
        List<Member> there = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            there.add(member());
            members.add(there.get(i));
        }
        int size = members.size();
        Member[] held = members.hold();
        Member late = member();
        members.add(late);
        members.remove(there.get(0));
        members.remove(there.get(3));
        Member[] copy = members.hold();
        members.remove(there.get(1));

        assertThat(Arrays.copyOf(held, size)).containsExactlyElementsOf(there);
        assertThat(copy).isNotSameAs(held);
        assertThat(members.size()).isEqualTo(3);
    }

    @Test
    void removingOneThatIsNotThereChangesNothing() {
        Member one = member();
        members.add(one);
        members.remove(member());
        members.remove(one);
        members.remove(one);

        assertThat(members.size()).isZero();
        assertThat(members.has(Dialects.PLAIN)).isFalse();
    }

    @Test
    void holdsExactlyThoseWhoCameAndDidNotLeave() {
        Random random = new Random(7);
        List<Member> expected = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(5) == 0) {
                members.hold();
            } else if (random.nextInt(5) == 0) {
                members.release();
            }
            if (expected.isEmpty() || random.nextBoolean()) {
                Member member = member();
                members.add(member);
                expected.add(member);
            } else {
                members.remove(expected.remove(random.nextInt(expected.size())));
            }
        }
        assertThat(Arrays.copyOf(members.hold(), members.size())).containsExactlyInAnyOrderElementsOf(expected);
    }

    private Member member() {
        return new Member(new RecordedOutlet("u", Dialects.PLAIN, loop));
    }
}
