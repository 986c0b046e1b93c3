using SeedHead.Features;

namespace SeedHead.Tests.Features;

public class RowHashTests
{
    [Fact]
    public void The_hash_of_a_row_is_the_beginning_of_the_hash_of_its_bytes() =>
        // python3 -c "import hashlib, struct; print(hashlib.sha256(struct.pack('<3f', 1, -2.5, 0)).digest()[:8][::-1].hex())"
        Assert.Equal(0xd30b2015d6868e73, RowHash.Of([1, -2.5f, 0]));

    [Fact]
    public void Rows_that_differ_anywhere_have_other_hashes()
    {
        float[] row = [.. Enumerable.Range(0, 50).Select(i => i / 50f)];
        var hashes = new HashSet<ulong> { RowHash.Of(row) };
        for (int i = 0; i < row.Length; i++)
        {
            float[] other = [.. row];
            other[i] = MathF.BitIncrement(other[i]);
            Assert.True(hashes.Add(RowHash.Of(other)));
        }

        Assert.True(hashes.Add(RowHash.Of([.. row, 0])));
    }
}
