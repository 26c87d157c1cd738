namespace DeepLearning.Kernels;

public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public override void Update(in UpdateArgs p)
    {
        double[] w = Data(p.W), g = Data(p.G);
        double unused = 0;
        for (int i = 0; i < p.N; i++)
        {
            UpdateMath.Apply(in p, ref w[i], g[i], ref p.S is null ? ref unused : ref Data(p.S)[i], ref p.R is null ? ref unused : ref Data(p.R)[i],
                ref p.M is null ? ref unused : ref Data(p.M)[i]);
        }
    }
}
