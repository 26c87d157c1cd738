namespace DeepLearning;

/// <summary>What a device can say once there are models: <see cref="Device"/> itself knows only kernels.</summary>
public static class DeviceExtensions
{
    extension(Device)
    {
        /// <summary>
        /// The device on which a model is trained fastest here: the card if a step has work enough for it, else the CPU; always the CPU where there is
        /// no card. The first use measures for a second or two. <see cref="DeviceChoice.For"/> says why, too.
        /// </summary>
        /// <inheritdoc cref="DeviceChoice.For(Layer, int, ReadOnlySpan{int})" path="/param"/>
        /// <example><code>model.To(Device.Best(model, batch: 64));</code></example>
        public static Device Best(Layer model, int batch, params ReadOnlySpan<int> sample) => DeviceChoice.For(model, batch, sample).Device;
    }
}
