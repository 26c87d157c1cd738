namespace DeepLearning.Tests.Devices;

public class PhiloxTests
{
    [Fact]
    public void ZeroKeyAndCounterGiveThePublishedWords() =>
        // Random123's known answers for philox4x32-10: counter 0, key 0.
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block(0, 0));

    [Fact]
    public void BlocksAgreeWithTheDefinitionWrittenOut()
    {
        // The upper half of the counter is always 0 here, so the other published answers do not apply; the rounds are written out instead.
        foreach ((ulong seed, ulong block) in ((ulong, ulong)[])[(1, 0), (0, 1), (ulong.MaxValue, ulong.MaxValue),
            (0x0123456789ABCDEF, 0xFEDCBA9876543210)])
        {
            uint[] counter = [(uint)block, (uint)(block >> 32), 0, 0], key = [(uint)seed, (uint)(seed >> 32)];
            for (int round = 0; round < 10; round++)
            {
                ulong first = Math.BigMul(0xD2511F53u, counter[0]), second = Math.BigMul(0xCD9E8D57u, counter[2]);
                counter =
                [
                    (uint)(second >> 32) ^ counter[1] ^ (uint)(key[0] + (ulong)round * 0x9E3779B9), (uint)second,
                    (uint)(first >> 32) ^ counter[3] ^ (uint)(key[1] + (ulong)round * 0xBB67AE85), (uint)first,
                ];
            }
            Assert.Equal((counter[0], counter[1], counter[2], counter[3]), Philox.Block(seed, block));
        }
    }

    [Fact]
    public void UniformStaysBelowOne()
    {
        Assert.Equal(0, Philox.Uniform(0));
        Assert.Equal(1 - Math.ScaleB(1, -24), Philox.Uniform(uint.MaxValue));
    }

    [Fact]
    public void NormalsAreFiniteAtTheEnds()
    {
        foreach (uint word in (uint[])[0, uint.MaxValue])
        {
            (double first, double second) = Philox.Normals(word, word);
            Assert.True(double.IsFinite(first) && double.IsFinite(second));
        }
    }
}
