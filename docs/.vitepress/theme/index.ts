import DefaultTheme from 'vitepress/theme';
import './code.css';
import './contrast.css';

export default DefaultTheme;
