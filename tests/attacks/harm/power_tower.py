"""10**10**8 in one instruction, which no trace function interrupts."""

# told: computed for 1 s without an end


def double(number):
    return 10**10**8
