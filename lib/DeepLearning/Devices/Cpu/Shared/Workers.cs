namespace DeepLearning.Kernels;

/// <summary>The threads that one call of a kernel may use, and so into how many pieces its work is worth cutting.</summary>
internal readonly struct Workers(int threads)
{
    /// <summary>
    /// From here on, work is worth sharing: a busy core does this many simple steps in about 8 µs; getting a helper going takes 2.
    /// </summary>
    public const int WorthSharing = 1 << 16;

    /// <summary>So many multiplications of a product or a convolution are worth a second thread: about 10 µs of one core.</summary>
    public const long WorthSharingProduct = 1 << 19;

    /// <summary>How many there are, this thread included.</summary>
    public readonly int Threads = threads;

    /// <summary>This thread alone.</summary>
    public static Workers One => new(1);

    /// <summary>All of them if so many multiplications are worth it, else this thread alone.</summary>
    public Workers ForProducts(long products) => products < WorthSharingProduct ? One : this;

    /// <summary>
    /// Into how many pieces to cut work of so many simple steps: one, or two for each thread so that a late helper costs little.
    /// </summary>
    public int Pieces(long steps) =>
        steps < WorthSharing || Threads == 1 ? 1 : (int)Math.Min(2 * Threads, steps / (WorthSharing / 4));

    /// <summary>
    /// Into how many pieces to cut a block [outer, length, inner] along which something runs: see <see cref="Cutting.CutBlock"/>.
    /// </summary>
    public int BlockPieces(long steps, int outer, int inner) => Math.Min(Pieces(steps), Math.Max(1, Math.Max(outer, inner / 16)));

    /// <summary>Does all pieces of the work, and returns when the last is done.</summary>
    public void Run<T>(in T work, int pieces) where T : struct, IPieces => ForkJoin<T>.Run(work, pieces, Threads);
}
